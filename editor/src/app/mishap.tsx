import { Component, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";

/** Keeps what went wrong in a page to that page: a part of it that could not be loaded, or a mistake of ours. */
export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="page page-mishap" role="alert">
        <p>This page could not be shown.</p>
        <p>If the engine was stopped or has been replaced, open the page again once it runs.</p>
        <Button onClick={() => location.reload()}>Open the page again</Button>
      </main>
    );
  }
}
