import { Link } from "../router/link.tsx";

/** An address that leads nowhere. */
export function MissingPage({ what = "This page does not exist." }: { what?: string }) {
  return (
    <main className="page page-note">
      <p>{what}</p>
      <p>
        <Link to="/">Go to the workflow</Link> or <Link to="/runs">to the runs</Link>.
      </p>
    </main>
  );
}
