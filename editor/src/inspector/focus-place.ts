const controls = "input, textarea, select, [contenteditable='true'], button";

/** Shows a field of a form and puts the cursor into it: the one at the place, else the nearest around it. */
export function focusPlace(form: HTMLElement, place: string): void {
  const marked = [...form.querySelectorAll<HTMLElement>("[data-path]")];
  const parts = place.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const path = parts.slice(0, length).join(".");
    const found = marked.find((element) => element.dataset.path === path);
    if (!found) continue;
    found.closest("details")?.setAttribute("open", "");
    const control = found.matches(controls) ? found : found.querySelector<HTMLElement>(controls);
    control?.focus({ preventScroll: true });
    found.scrollIntoView({ block: "nearest", behavior: "instant" });
    return;
  }
}
