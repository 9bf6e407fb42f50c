import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import "./button.css";

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className">;

/** How loud a button is. One `primary` a view; `danger` for what destroys. */
type ButtonTone = "plain" | "quiet" | "primary" | "danger";

interface ButtonProps extends Native {
  tone?: ButtonTone;
  size?: "small" | "normal";
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a word on it. */
export function Button({ tone = "plain", size = "normal", icon, children, ...native }: ButtonProps) {
  return (
    <button type="button" className="button" data-tone={tone} data-size={size} {...native}>
      {icon}
      {children === undefined ? null : <span>{children}</span>}
    </button>
  );
}

interface IconButtonProps extends Native {
  /** The accessible name; also the tooltip. */
  label: string;
  /** Shown in the tooltip after the name: `Ctrl Z`. */
  shortcut?: string;
  tone?: ButtonTone;
  size?: "small" | "normal";
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. Its name is said by `label`. */
export function IconButton({ label, shortcut, tone = "quiet", size = "normal", ...native }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      data-tone={tone}
      data-size={size}
      {...native}
    />
  );
}
