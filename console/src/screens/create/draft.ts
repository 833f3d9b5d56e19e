const KEY = 'streamswarm.draft';

/** Measures this machine alone, so that it is right before a word is changed. */
export const TEMPLATE = `apiVersion: streamswarm.dev/v1alpha1
kind: StreamTest
metadata:
  name: my-test
  namespace: default
spec:
  destinations:
    - name: this-host
      host: 127.0.0.1
  probes:
    - icmp: {}
    - host: {}
  interval: 5s
`;

/** The draft of this tab; it never stands in the address. */
export function readDraft(): string {
  return sessionStorage.getItem(KEY) ?? TEMPLATE;
}

export function keepDraft(text: string): void {
  sessionStorage.setItem(KEY, text);
}

export function dropDraft(): void {
  sessionStorage.removeItem(KEY);
}
