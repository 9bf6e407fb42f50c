export interface CommandContext {
  /** Called once, when everything is loaded and at work. */
  onReady: () => void;
}

/** What a command ends with. */
export type ExitCode = number;
