/** Who this agent is, and how it shows that when it opens a session. */
export interface AgentIdentity {
  readonly agentId: string;
  /** How people know it. */
  readonly name: string;
  /** Headers that prove it; asked anew for each session, because proofs end. */
  sessionHeaders(): Promise<Readonly<Record<string, string>>>;
}
