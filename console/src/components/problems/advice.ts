/** What to do next about a problem, where its message does not say so itself. */
const ADVICE: Readonly<Record<string, string>> = {
  ServiceNotFound: 'Create the Service or correct the destination: it is measured as soon as it is there.',
  PortNotFound: 'Correct the port of the destination, or add it to the Service.',
  NoEndpoints: 'Look at the pods behind it: kubectl get endpointslices, kubectl get pods.',
  AgentHasNoAddress: 'Give that host an address other than loopback, or leave it out of the mesh.',
  NeedsCluster: 'Use a host or URL, or run StreamSwarm in the cluster.',
};

export function adviceFor(reason: string): string | null {
  return ADVICE[reason] ?? null;
}

/** A message that ends like a sentence, so that the advice can follow. */
export function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
