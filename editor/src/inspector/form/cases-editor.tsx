import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { ExpressionField } from "../../expression/expression-field.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextArea, TextInput } from "../../ui/field.tsx";
import { type Case, caseIdOf, caseIdProblem, changeCases, type HandleChange, relabelled } from "./cases.ts";
import { useDraft } from "./drafts.ts";
import type { EditorProps } from "./editor-props.ts";
import { problemsAt, useForm } from "./form-context.ts";
import { ProblemLines } from "./problem-lines.tsx";
import { moved } from "./rows.ts";
import { useNodeData } from "./use-node-data.ts";

/** The cases of a choice, first to last: each a way out, and when it is taken. */
export function CasesEditor({ id, field, place, value }: EditorProps) {
  const { nodeId, disabled } = useForm();
  // the type's schema has checked what is stored
  const cases = (Array.isArray(value) ? value : []) as unknown as readonly Case[];
  const change = (next: readonly Case[], handle?: HandleChange) => changeCases(nodeId, field.name, next, handle);
  const byModel = useNodeData(nodeId).decide === "model";
  const add = () => {
    const taken = new Set(cases.map((one) => one.id));
    const label = `Case ${cases.length + 1}`;
    change([...cases, { id: caseIdOf(label, taken), label, ...(byModel ? {} : { when: "" }) }]);
  };
  return (
    <div className="case-list">
      {cases.map((one, index) => (
        <CaseCard
          // by its place: a case whose id is being written stays the same card
          // biome-ignore lint/suspicious/noArrayIndexKey: the id is what is edited here
          key={index}
          id={`${id}-${index}`}
          place={`${place}.${index}`}
          index={index}
          cases={cases}
          one={one}
          onChange={change}
        />
      ))}
      <p className="case-else">
        <span>Else</span> {byModel ? "when no case fits" : "when no case is true"}
      </p>
      {disabled ? null : (
        <Button size="small" tone="quiet" icon={<Plus size={13} />} onClick={add}>
          Add case
        </Button>
      )}
    </div>
  );
}

interface CaseCardProps {
  id: string;
  place: string;
  index: number;
  cases: readonly Case[];
  one: Case;
  onChange: (cases: readonly Case[], handle?: HandleChange) => void;
}

function CaseCard({ id, place, index, cases, one, onChange }: CaseCardProps) {
  const { nodeId, disabled, findings } = useForm();
  const byModel = useNodeData(nodeId).decide === "model";
  const name = one.label ?? one.id;
  const put = (next: Case, handle?: HandleChange) => onChange(cases.with(index, next), handle);
  const others = new Set(cases.filter((other) => other !== one).map((other) => other.id));
  const idDraft = useDraft({
    id: `${nodeId}/${place}/id`,
    value: one.id,
    format: () => one.id,
    read: (text) => {
      const problem = caseIdProblem(text, others);
      return problem === undefined ? { value: text } : { problem };
    },
    onValue: (next) => {
      if (typeof next === "string") put({ ...one, id: next }, { from: one.id, to: next });
    },
  });
  return (
    <section className="case-card" aria-label={`Case ${name}`} data-path={place}>
      <div className="case-head">
        <span className="case-number">{index + 1}</span>
        <input
          type="text"
          aria-label="Label"
          placeholder={one.id}
          autoComplete="off"
          disabled={disabled}
          value={one.label ?? ""}
          onChange={(event) => {
            const next = relabelled(one, event.target.value, others);
            put(next, { from: one.id, to: next.id });
          }}
        />
        {disabled ? null : (
          <>
            <IconButton
              label={`Move ${name} up`}
              size="small"
              disabled={index === 0}
              onClick={() => onChange(moved(cases, index, index - 1))}
            >
              <ArrowUp size={13} />
            </IconButton>
            <IconButton
              label={`Move ${name} down`}
              size="small"
              disabled={index === cases.length - 1}
              onClick={() => onChange(moved(cases, index, index + 1))}
            >
              <ArrowDown size={13} />
            </IconButton>
            <IconButton
              label={`Remove ${name}`}
              size="small"
              onClick={() => onChange(cases.toSpliced(index, 1), { from: one.id, to: undefined })}
            >
              <X size={13} />
            </IconButton>
          </>
        )}
      </div>
      {byModel ? (
        <DescriptionLine id={id} name={name} place={place} one={one} put={put} />
      ) : (
        <div className="case-line" data-path={`${place}.when`}>
          <label htmlFor={`${id}-when`}>When</label>
          <ExpressionField
            id={`${id}-when`}
            label={`When ${name} is taken`}
            kind="expression"
            multiline
            nodeId={nodeId}
            place={`${place}.when`}
            findings={findings}
            disabled={disabled}
            value={one.when ?? ""}
            onText={(when) => put({ ...one, when })}
          />
        </div>
      )}
      <ProblemLines problems={problemsAt(findings, `${place}.${byModel ? "description" : "when"}`, true)} />
      <div className="case-line" data-path={`${place}.id`}>
        <label htmlFor={`${id}-id`}>Id</label>
        <TextInput
          id={`${id}-id`}
          mono
          disabled={disabled}
          value={idDraft.text}
          aria-invalid={idDraft.problem !== undefined}
          onText={idDraft.onText}
          onBlur={idDraft.onBlur}
        />
      </div>
      <ProblemLines problems={idDraft.problem === undefined ? [] : [{ severity: "error", detail: idDraft.problem }]} />
      <ProblemLines problems={problemsAt(findings, place, false)} />
      <ProblemLines problems={problemsAt(findings, `${place}.id`, true)} />
    </section>
  );
}

interface DescriptionLineProps {
  id: string;
  name: string;
  place: string;
  one: Case;
  put: (next: Case) => void;
}

/** Of a case that a model may choose: when it is the right one, in words. */
function DescriptionLine({ id, name, place, one: { description, ...rest }, put }: DescriptionLineProps) {
  const { disabled } = useForm();
  return (
    <div className="case-line" data-path={`${place}.description`}>
      <label htmlFor={`${id}-description`}>When</label>
      <TextArea
        id={`${id}-description`}
        aria-label={`When ${name} fits`}
        rows={2}
        placeholder="Said to the model"
        disabled={disabled}
        value={description ?? ""}
        onText={(text) => put(text === "" ? rest : { ...rest, description: text })}
      />
    </div>
  );
}
