import ipaddr from "ipaddr.js";
import { SignalboxError } from "../errors.ts";

/** One private place that tools may reach: host, range and port must all fit. */
export interface Allowance {
  host: string;
  cidr: [ipaddr.IPv4 | ipaddr.IPv6, number];
  port: number;
}

/** `SIGNALBOX_EGRESS_ALLOW`: `crm.internal=10.20.0.0/16:443,…`. */
export function parseAllowances(text: string): Allowance[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [, host = "", range = "", port = ""] = /^([^=\s]+)=(.+):(\d+)$/.exec(part) ?? [];
      try {
        return { host: host.toLowerCase(), cidr: ipaddr.parseCIDR(range.replace(/^\[|\]$/g, "")), port: Number(port) };
      } catch (cause) {
        const detail = `SIGNALBOX_EGRESS_ALLOW holds "${part}", which is not host=range:port, as crm.internal=10.20.0.0/16:443.`;
        throw new SignalboxError("configuration_invalid", detail, { cause });
      }
    });
}

/** Where cloud machines keep their own credentials: never reached, whatever is allowed. */
const metadata = ["169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "fe80::/10", "fd00:ec2::254/128"].map(
  (range) => ipaddr.parseCIDR(range),
);

/** Ranges that look public to the parser and lead inside. */
const disguised = ["::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"].map((range) =>
  ipaddr.parseCIDR(range),
);

export function isMetadata(address: string): boolean {
  return isWithin(address, metadata);
}

/** Whether an address is one of the open internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address) || isWithin(address, metadata) || isWithin(address, disguised)) return false;
  return ipaddr.process(address).range() === "unicast";
}

export function isAllowed(allowances: readonly Allowance[], host: string, address: string, port: number): boolean {
  return allowances.some((one) => one.host === host && one.port === port && isWithin(address, [one.cidr]));
}

function isWithin(address: string, ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]): boolean {
  if (!ipaddr.isValid(address)) return false;
  // both as it stands and as the address it wraps, so that ::ffff:127.0.0.1 is found by either
  const forms = [ipaddr.parse(address), ipaddr.process(address)];
  return forms.some((form) => ranges.some(([range, bits]) => form.kind() === range.kind() && form.match(range, bits)));
}
