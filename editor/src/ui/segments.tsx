import { useId } from "react";
import "./segments.css";

interface SegmentsProps<Value extends string> {
  /** The accessible name of the choice. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onValue: (value: Value) => void;
  disabled?: boolean;
}

/** One of two or three, all of them in sight. Radio buttons underneath: arrow keys choose. */
export function Segments<Value extends string>({ label, value, options, onValue, disabled }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segments" disabled={disabled}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
