import type { ChildRun } from "@signalbox/shared/run";
import { ArrowUpRight } from "lucide-react";
import { Link } from "../../router/link.tsx";
import { StatusChip } from "../../run/status-chip.tsx";

/** The run that a subflow node has made. */
export function ChildRunLink({ child: { run, workflow, version, status } }: { child: ChildRun }) {
  return (
    <p className="child-run">
      <StatusChip status={status} />
      <Link to={`/runs/${run}`}>
        Run of {workflow}, {version === "draft" ? "the draft" : `version ${version}`}
        <ArrowUpRight size={13} aria-hidden="true" />
      </Link>
    </p>
  );
}
