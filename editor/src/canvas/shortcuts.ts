/** The keys of the canvas, as the list of keys shows them. What they do is in `keyboard.ts`. */
export const shortcuts: readonly { title: string; keys: readonly { keys: string; does: string }[] }[] = [
  {
    title: "Add and connect",
    keys: [
      { keys: "/", does: "Add a step where the pointer is, or after the selected one" },
      { keys: "Tab", does: "The same, while the pointer is on the canvas" },
      { keys: "Ctrl ←  Ctrl →", does: "Add a step before or after, connected" },
      { keys: "Ctrl ↓", does: "Let an agent call a new tool" },
      { keys: "Shift S", does: "Add a note" },
    ],
  },
  {
    title: "Walk and select",
    keys: [
      { keys: "← → ↑ ↓", does: "Go along the edges, or to the neighbour" },
      { keys: "Shift ←  Shift →", does: "Select everything before or after" },
      { keys: "Ctrl A", does: "Select all" },
      { keys: "Enter  F2", does: "Edit the name of the selected step" },
      { keys: "Enter", does: "On a subflow: open what it runs" },
      { keys: "Esc", does: "Select nothing" },
    ],
  },
  {
    title: "Change",
    keys: [
      { keys: "Alt ← → ↑ ↓", does: "Move what is selected" },
      { keys: "M", does: "Move into another frame, or out of it" },
      { keys: "Delete", does: "Delete" },
      { keys: "Ctrl Delete", does: "Delete, and join what was before to what was after" },
      { keys: "Ctrl D", does: "Duplicate" },
      { keys: "Ctrl C  Ctrl X  Ctrl V", does: "Copy, cut, paste as JSON text" },
      { keys: "Ctrl Z  Ctrl Shift Z", does: "Undo, redo" },
    ],
  },
  {
    title: "Look",
    keys: [
      { keys: "C", does: "Collapse the frame, or show what it holds" },
      { keys: "[  ]", does: "The pass or item before, the next one, of the frame around" },
      { keys: "1", does: "Show everything" },
      { keys: "2", does: "Show what is selected" },
      { keys: "0", does: "100 %" },
      { keys: "+  −", does: "Nearer, further" },
      { keys: "Space drag", does: "Move the view" },
      { keys: "Ctrl wheel", does: "Zoom to the pointer" },
    ],
  },
];
