// Before the first paint: the theme chosen last time, or the system's when none was chosen.
try {
  const chosen = localStorage.getItem("signalbox.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // storage is closed to us: the system's theme it is
}
