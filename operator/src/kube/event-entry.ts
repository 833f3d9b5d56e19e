import type { Draft, KubeObject } from './objects.ts';

/** What is to be told of an object. */
export interface EventWish {
  /** With apiVersion and kind, as objects of a cache have them. */
  readonly regarding: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** Why, in UpperCamelCase; at most 128 characters. */
  readonly reason: string;
  /** For people; cut at 1,024 bytes. */
  readonly note: string;
  /** What the controller did or tried, in UpperCamelCase; at most 128 characters. */
  readonly action: string;
}

/** Equal events, told as one: its count and last time make it a series. */
export interface EventEntry {
  readonly name: string;
  readonly namespace: string;
  readonly wish: EventWish;
  readonly firstWallMs: number;
  lastWallMs: number;
  count: number;
  /** The count that the API server has; 0: nothing yet. */
  writtenCount: number;
  isCreated: boolean;
  /** Failed tries in a row. */
  tries: number;
}

const NOTE_BYTES = 1_024;
const INSTANCE_CHARACTERS = 128;

export function eventKey({ regarding, type, reason, action, note }: EventWish): string {
  return JSON.stringify([regarding.metadata.uid, type, reason, action, note]);
}

/** The object of events.k8s.io/v1 for it. */
export function eventDraft(
  { name, namespace, wish, count, firstWallMs, lastWallMs }: EventEntry,
  by: { readonly controller: string; readonly instance: string },
): Draft {
  const { metadata, apiVersion = '', kind = '' } = wish.regarding;
  const { uid, resourceVersion } = metadata;
  return {
    metadata: { name, namespace },
    eventTime: microTime(firstWallMs),
    ...(count > 1 ? { series: { count, lastObservedTime: microTime(lastWallMs) } } : {}),
    reportingController: by.controller,
    reportingInstance: by.instance.slice(0, INSTANCE_CHARACTERS),
    action: wish.action,
    reason: wish.reason,
    type: wish.type,
    note: cutBytes(wish.note, NOTE_BYTES),
    regarding: { apiVersion, kind, name: metadata.name, namespace: metadata.namespace, uid, resourceVersion },
  };
}

/** metav1.MicroTime: RFC 3339 with exactly six digits. */
export function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z');
}

function cutBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const { written } = new TextEncoder().encodeInto(text, new Uint8Array(limit - 3));
  return `${Buffer.from(text).subarray(0, written).toString()}...`;
}
