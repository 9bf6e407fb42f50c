/** Orders in which things may happen: every one that is allowed, each a list of words. */
export type Orders = readonly (readonly string[])[];

type Piece = string | Orders;

/** One after the other. A text holds words with spaces between; `a+b` are two between which nothing can come. */
export function inTurn(...pieces: readonly Piece[]): Orders {
  const parts = pieces.map(ordersOf);
  return parts.reduce((firsts, seconds) => firsts.flatMap((a) => seconds.map((b) => [...a, ...b])), [[]]);
}

/** Side by side: every way to lay them into one another. */
export function atOnce(...pieces: readonly Piece[]): Orders {
  const parts = pieces.map(ordersOf);
  return parts.reduce((some, others) => some.flatMap((a) => others.flatMap((b) => shuffles(a, b))), [[]]);
}

/** One of them. */
export function either(...pieces: readonly Piece[]): Orders {
  return pieces.flatMap(ordersOf);
}

function ordersOf(piece: Piece): Orders {
  return typeof piece === "string" ? [piece.split(" ").filter((word) => word !== "")] : piece;
}

function shuffles(a: readonly string[], b: readonly string[]): string[][] {
  const [firstOfA, ...restOfA] = a;
  const [firstOfB, ...restOfB] = b;
  if (firstOfA === undefined || firstOfB === undefined) return [[...a, ...b]];
  return [
    ...shuffles(restOfA, b).map((rest) => [firstOfA, ...rest]),
    ...shuffles(a, restOfB).map((rest) => [firstOfB, ...rest]),
  ];
}

/** Each order once, as a text, sorted: two sets of orders are the same when these are. */
export function listed(orders: Orders): string[] {
  return [...new Set(orders.map((order) => order.join(" ").replaceAll("+", " ")))].sort();
}
