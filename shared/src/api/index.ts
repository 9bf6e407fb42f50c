export { Approval, ApprovalStatus, ApprovalsQuery, DecideApproval } from "./approvals.ts";
export { Login, Me, ModelConnectionFacts, TemplateFacts, ToolFacts } from "./catalog.ts";
export { CreateCredential, Credential } from "./credentials.ts";
export { listOf, PageQuery, Problem } from "./problem.ts";
export { AnswerQuestion, Question, QuestionsQuery } from "./questions.ts";
export { Resolve, RunStatus, RunSummary, RunsQuery, StartedRun, StartRun } from "./runs.ts";
export { SendSignal, SentSignal } from "./signals.ts";
export {
  CreateWorkflow,
  FindingList,
  PublishWorkflow,
  SaveWorkflow,
  Version,
  Workflow,
  WorkflowSummary,
} from "./workflows.ts";
