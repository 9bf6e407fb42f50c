import { create } from "zustand";

/** `system` follows the machine. The same key is read before the first paint. */
export type Theme = "system" | "light" | "dark";

const key = "signalbox.theme";

function stored(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** The theme that was chosen. */
export const useTheme = create<{ theme: Theme }>(() => ({ theme: stored() }));

/** Chooses a theme, for this page and the next. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
    remember(undefined);
  } else {
    document.documentElement.dataset.theme = theme;
    remember(theme);
  }
  useTheme.setState({ theme });
}

function remember(theme: string | undefined): void {
  try {
    if (theme === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // storage is closed to us: the choice holds for this page
  }
}
