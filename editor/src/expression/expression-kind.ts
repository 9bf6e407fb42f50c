/** What is written in a field: bare CEL, text with `{{ CEL }}` in it, or a program that nothing is filled into. */
export type ExpressionKind = "expression" | "template" | "code";
