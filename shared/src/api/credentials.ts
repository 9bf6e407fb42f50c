import * as z from "zod";
import { plainText } from "./problem.ts";

const secretText = plainText(20_000).min(1);

/** A host, as `api.example.com`, or all below one: `*.example.com`. */
const Host = plainText(253).regex(
  /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^[0-9a-f:]+$/,
  "Write a host in small letters, as api.example.com or *.example.com.",
);

/** What signs webhooks: `whsec_` and the key in base64, or any other text, which is the key as it is. */
const SigningKey = secretText.regex(
  /^(whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2,3}={0,2})?|(?!whsec_).{16,})$/s,
  "Write whsec_ and at least 24 bytes in base64, or a text of at least 16 characters.",
);

const about = { name: plainText(100).min(1), hosts: z.array(Host).min(1).max(50) };

/** A secret as it is given: it goes in and never comes out again. */
export const CreateCredential = z.discriminatedUnion("kind", [
  z.strictObject({ ...about, kind: z.literal("bearer"), secret: z.strictObject({ token: secretText }) }),
  z.strictObject({
    ...about,
    kind: z.literal("header"),
    secret: z.strictObject({
      name: plainText(200).regex(/^[A-Za-z0-9-]+$/, "A header's name holds letters, digits and hyphens."),
      value: secretText,
    }),
  }),
  z.strictObject({
    ...about,
    kind: z.literal("basic"),
    secret: z.strictObject({ user: plainText(500), password: secretText }),
  }),
  z.strictObject({ ...about, kind: z.literal("webhook"), secret: z.strictObject({ key: SigningKey }) }),
]);
export type CreateCredential = z.infer<typeof CreateCredential>;

/** What may be known of a credential: everything but the secret. */
export const Credential = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["bearer", "header", "basic", "webhook"]),
  /** The only hosts it is ever sent to. */
  hosts: z.array(z.string()),
  createdAt: z.string(),
});
export type Credential = z.infer<typeof Credential>;
