import { Check, CloudAlert, LoaderCircle } from "lucide-react";
import { keepMine, takeTheirs } from "../document/save.ts";
import { useDocument } from "../document/store.ts";
import { Button } from "../ui/button.tsx";

/** Whether what is drawn is stored. A conflict is asked about, never decided alone. */
export function SaveState() {
  const saved = useDocument((state) => state.saved);
  const version = useDocument((state) => state.publishedVersion);
  if (saved === "conflict") {
    return (
      <span className="save-conflict" role="alert">
        Someone else has changed this workflow.
        <Button size="small" onClick={() => void takeTheirs()}>
          Take theirs
        </Button>
        <Button size="small" onClick={() => void keepMine()}>
          Keep mine
        </Button>
      </span>
    );
  }
  const words = { saved: "Saved", unsaved: "Saving …", saving: "Saving …", failed: "Not saved" }[saved];
  return (
    <span className="save-state" data-saved={saved} role="status">
      {saved === "failed" ? (
        <CloudAlert size={13} />
      ) : saved === "saved" ? (
        <Check size={13} />
      ) : (
        <LoaderCircle size={13} />
      )}
      <span className="save-words">{words}</span>
      {version === null ? null : <span className="faint save-version">v{version}</span>}
    </span>
  );
}
