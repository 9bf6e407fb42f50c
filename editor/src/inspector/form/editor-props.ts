import type { Json } from "@signalbox/shared/json";
import type { ComponentType } from "react";
import type { FormField } from "./fields.ts";

/** One field of a form with its value. */
export interface RowProps {
  field: FormField;
  /** Where the value is in its node: `data.prompt`. */
  place: string;
  value: Json | undefined;
  onValue: (value: Json | undefined) => void;
}

/** What an editor of one field is given. */
export interface EditorProps extends RowProps {
  /** The id of the control, for its label. */
  id: string;
  /** A whole field, for editors that hold fields. */
  Row: ComponentType<RowProps>;
}

/** An editor, and how its field is dressed. */
export interface EditorFacts {
  Editor: ComponentType<EditorProps>;
  /** Has labelled controls of its own inside, which say themselves what is wrong with them. */
  composite?: true;
  /** Says its title itself. */
  bare?: true;
}
