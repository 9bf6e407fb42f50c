import { CredentialEditor } from "../../credentials/credential-editor.tsx";
import { ArgumentsEditor } from "./arguments-editor.tsx";
import { AssigneeEditor, AssigneesEditor } from "./assignee-editors.tsx";
import { CasesEditor } from "./cases-editor.tsx";
import type { EditorFacts } from "./editor-props.ts";
import type { EditorName } from "./fields.ts";
import { GroupEditor, UnionEditor } from "./group-editor.tsx";
import { JsonEditor } from "./json-editor.tsx";
import { ModelEditor } from "./model-editor.tsx";
import {
  ChoiceEditor,
  DurationEditor,
  ExpressionEditor,
  MultilineEditor,
  NumberEditor,
  TemplateEditor,
  TemplateMultilineEditor,
  TextEditor,
  ToggleEditor,
} from "./plain-editors.tsx";
import { SchemaEditor } from "./schema-editor.tsx";
import { TemplateJsonEditor, TemplateMapEditor } from "./template-editors.tsx";
import { ToolEditor } from "./tool-editor.tsx";
import { VersionEditor, WorkflowEditor } from "./workflow-editors.tsx";

/** Which editor edits what; a new word of `FieldEditor` is a line here. */
export const editors: Record<EditorName, EditorFacts> = {
  text: { Editor: TextEditor },
  multiline: { Editor: MultilineEditor },
  markdown: { Editor: MultilineEditor },
  expression: { Editor: ExpressionEditor },
  template: { Editor: TemplateEditor },
  "template-multiline": { Editor: TemplateMultilineEditor },
  "template-map": { Editor: TemplateMapEditor, composite: true },
  "template-json": { Editor: TemplateJsonEditor, composite: true },
  duration: { Editor: DurationEditor },
  model: { Editor: ModelEditor },
  tool: { Editor: ToolEditor },
  arguments: { Editor: ArgumentsEditor, composite: true },
  "json-schema": { Editor: SchemaEditor, composite: true },
  cases: { Editor: CasesEditor, composite: true },
  assignees: { Editor: AssigneesEditor, composite: true },
  assignee: { Editor: AssigneeEditor, composite: true },
  credential: { Editor: CredentialEditor },
  workflow: { Editor: WorkflowEditor },
  "workflow-version": { Editor: VersionEditor },
  number: { Editor: NumberEditor },
  toggle: { Editor: ToggleEditor, bare: true },
  choice: { Editor: ChoiceEditor },
  union: { Editor: UnionEditor },
  group: { Editor: GroupEditor, composite: true },
  json: { Editor: JsonEditor },
};
