import { MessageCircleQuestion } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { useRunSummary } from "../run/hooks.ts";
import { Button } from "../ui/button.tsx";
import { Field, TextArea } from "../ui/field.tsx";
import { toast } from "../ui/toast.tsx";
// it is asked of people as an approval is, and looks like one
import "../approvals/approval-card.css";

interface QuestionCardProps {
  question: { id: string; text: string; options?: readonly string[] | undefined };
  origin?: ReactNode;
  onAnswered?: () => void;
}

/** What an agent asks: its question, the answers it offers, and room for another one. */
export function QuestionCard({ question: { id, text, options = [] }, origin, onAnswered }: QuestionCardProps) {
  const [answer, setAnswer] = useState("");
  const [busy, setBusy] = useState(false);
  const answerId = useId();
  const looking = useRunSummary()?.mode === "replay";
  const send = async (given: string) => {
    setBusy(true);
    try {
      await api.questions.answer(id, given);
      onAnswered?.();
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <article className="approval-card" tabIndex={-1} aria-label={`Question: ${text}`}>
      <header>
        <MessageCircleQuestion size={15} />
        <h3>{text}</h3>
        {origin}
      </header>
      {options.length > 0 ? (
        <fieldset className="question-options" aria-label="Answers to choose from">
          {options.map((option) => (
            <Button key={option} disabled={busy || looking} onClick={() => void send(option)}>
              {option}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <Field label={options.length > 0 ? "Or in your own words" : "Answer"} htmlFor={answerId}>
        <TextArea id={answerId} rows={2} value={answer} onText={setAnswer} />
      </Field>
      <footer>
        <Button
          tone="primary"
          disabled={busy || looking || answer.trim() === ""}
          onClick={() => void send(answer.trim())}
        >
          Answer
        </Button>
      </footer>
    </article>
  );
}
