/**
 * Who has which address in lab number `index`. All of it is of 198.18.0.0/15 (RFC 2544: set aside for network
 * tests), of which each lab takes a sixteenth of a /16, so that 32 labs have room side by side.
 */
export interface AddressPlan {
  readonly index: number;
  /** The lab's device in the root namespace. */
  readonly device: string;
  /** All that the lab may ever use. */
  readonly wholeRange: string;
  /** Of the control plane, and of whatever else a test runs outside the nodes. */
  readonly hostAddress: string;
  readonly serviceRange: string;
  readonly podRange: string;
  /** With the prefix length of the link that nodes and host share. */
  readonly linkPrefix: number;
  nodeAddress(number: number): string;
  /** The part of podRange that the pods of this node have. */
  podRangeOf(number: number): string;
}

export const MOST_LABS = 32;
/** A /26 for the pods of each, out of a /21. */
export const MOST_NODES = 32;
const PODS_A_NODE = 64;

export function addressPlan(index: number): AddressPlan {
  if (index < 0 || index >= MOST_LABS) throw new RangeError(`lab ${index}: there is room for ${MOST_LABS}`);
  const second = 18 + Math.floor(index / 16);
  const third = (index % 16) * 16;
  const at = (offset: number, last: number): string => `198.${second}.${third + offset}.${last}`;
  return {
    index,
    device: `swlab${index}`,
    wholeRange: `${at(0, 0)}/20`,
    hostAddress: at(0, 1),
    serviceRange: `${at(1, 0)}/24`,
    podRange: `${at(8, 0)}/21`,
    linkPrefix: 24,
    nodeAddress: (number) => at(0, 10 + checked(number)),
    podRangeOf(number) {
      const first = (checked(number) - 1) * PODS_A_NODE;
      return `${at(8 + Math.floor(first / 256), first % 256)}/26`;
    },
  };
}

function checked(number: number): number {
  if (number < 1 || number > MOST_NODES) throw new RangeError(`node ${number}: a lab has 1 to ${MOST_NODES}`);
  return number;
}
