import type { KubeObject } from './objects.ts';

/**
 * Freezes an object as parsed from JSON, through and through: what a cache hands out is shared by everybody and must
 * not be changed by anybody. managedFields go: they are up to half of an object, and nobody here reads them.
 */
export function freezeObject<T extends KubeObject>(object: T): T {
  // Its own by right: it was parsed a moment ago and nobody else has it yet.
  delete (object.metadata as { managedFields?: unknown }).managedFields;
  deepFreeze(object);
  return object;
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}
