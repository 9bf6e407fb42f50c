import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import "./dialog.css";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons under the content. */
  actions?: ReactNode;
  width?: number;
}

/** A modal window: the platform's own dialog, which keeps the focus inside and closes with Escape. */
export function Dialog({ title, open, onClose, children, actions, width = 440 }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={heading} onClose={onClose} style={{ width }}>
      {open ? (
        <>
          <header>
            <h2 id={heading}>{title}</h2>
            <IconButton label="Close" size="small" onClick={onClose}>
              <X size={14} />
            </IconButton>
          </header>
          <div className="dialog-body">{children}</div>
          {actions === undefined ? null : <footer>{actions}</footer>}
        </>
      ) : null}
    </dialog>
  );
}
