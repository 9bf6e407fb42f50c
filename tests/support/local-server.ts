import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";

interface Asked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface LocalServer {
  origin: string;
  /** What the operator sets, so that tools may call it. */
  allowance: string;
  /** Every request so far. */
  asked: Asked[];
  /** How it answers from now on. */
  answer: (asked: Asked, response: ServerResponse) => void;
  close: () => void;
}

/** A server of this machine that keeps what it is asked and answers as a test says. */
export async function startLocalServer(): Promise<LocalServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const asked = { method, url, headers, body: Buffer.concat(chunks).toString() };
      local.asked.push(asked);
      local.answer(asked, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const local: LocalServer = {
    origin: `http://127.0.0.1:${port}`,
    allowance: `127.0.0.1=127.0.0.1/32:${port}`,
    asked: [],
    answer: (_asked, response) => response.end("ok"),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return local;
}
