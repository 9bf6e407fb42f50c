import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { type FieldProblem, ProblemLine } from "./problem-line.tsx";
import "./field.css";

interface FieldProps {
  label: string;
  /** The id of the control, so that the label names it. */
  htmlFor?: string;
  help?: string | undefined;
  required?: boolean;
  /** What is wrong with it; said under the control. */
  problems?: readonly FieldProblem[];
  /** Right of the label: a small action. */
  action?: ReactNode;
  /** For forms that find a field by the path of a finding. */
  path?: string;
  children: ReactNode;
}

/** A labelled control with help and problems under it. */
export function Field({ label, htmlFor, help, required, problems = [], action, path, children }: FieldProps) {
  const worst = problems.some(({ severity }) => severity === "error")
    ? "error"
    : problems.length > 0
      ? "warning"
      : "none";
  return (
    <div className="field" data-problem={worst} data-path={path}>
      <div className="field-head">
        <label htmlFor={htmlFor}>
          {label}
          {required ? <span className="field-required"> required</span> : null}
        </label>
        {action}
      </div>
      {children}
      {problems.map((problem) => (
        <ProblemLine key={problem.detail} {...problem} />
      ))}
      {help !== undefined && problems.length === 0 ? <p className="field-help">{help}</p> : null}
    </div>
  );
}

interface TextInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "onChange"> {
  onText: (text: string) => void;
  mono?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextInput({ onText, mono, ...native }: TextInputProps) {
  return (
    <input
      type="text"
      className="input"
      data-mono={mono ? "" : undefined}
      autoComplete="off"
      spellCheck={false}
      {...native}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "className" | "onChange"> {
  onText: (text: string) => void;
  mono?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; grows with them. */
export function TextArea({ onText, mono, ...native }: TextAreaProps) {
  return (
    <textarea
      className="input"
      data-mono={mono ? "" : undefined}
      rows={3}
      spellCheck={false}
      {...native}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "className" | "onChange"> {
  options: readonly { value: string; label: string }[];
  onValue: (value: string) => void;
}

/** One of a few. The platform's own control: it is the most accessible there is. */
export function Select({ options, onValue, ...native }: SelectProps) {
  return (
    <span className="select">
      <select className="input" {...native} onChange={(event) => onValue(event.target.value)}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}

interface SwitchProps {
  id?: string;
  label: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  disabled?: boolean;
}

/** Yes or no, with its words beside it. */
export function Switch({ id, label, checked, onChecked, disabled }: SwitchProps) {
  return (
    <label className="switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
