import { Dialog } from "../ui/dialog.tsx";
import { useShortcutSheet } from "./shortcut-sheet.ts";
import { shortcuts } from "./shortcuts.ts";
import "./shortcuts-dialog.css";

/** The list of keys. */
export function ShortcutsDialog() {
  const open = useShortcutSheet((state) => state.open);
  return (
    <Dialog
      title="Keyboard shortcuts"
      open={open}
      width={760}
      onClose={() => useShortcutSheet.setState({ open: false })}
    >
      <div className="shortcuts">
        {shortcuts.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(({ keys: pressed, does }) => (
                <div key={pressed}>
                  <dt>
                    {pressed.split("  ").map((one) => (
                      <kbd key={one}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
