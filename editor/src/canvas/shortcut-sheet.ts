import { create } from "zustand";

/** Whether the list of keys is shown. */
export const useShortcutSheet = create<{ open: boolean }>(() => ({ open: false }));
