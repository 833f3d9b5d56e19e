import type { IdentityChoice } from '../identity/identity-choice.ts';
import { joinedCaPath, readJoined } from '../identity/joined-file.ts';
import { joinPatiently, type PatientJoinRoom } from './patient-join.ts';
import type { ServerTrust } from './server-trust.ts';

/** By what a host may join, as its join command says. */
export interface JoinWish {
  readonly token: string;
  readonly caFingerprint: string;
}

export interface Way {
  readonly choice: IdentityChoice;
  readonly trust: ServerTrust;
}

export interface WayOptions {
  readonly choice: IdentityChoice;
  readonly trust: ServerTrust;
  readonly join: JoinWish | null;
  readonly stateDir: string;
  /** The host's. */
  readonly hostName: string;
  readonly patience: PatientJoinRoom;
}

/** How this agent shows who it is: a standalone one that speaks https has joined, or joins now. */
export async function findWay(server: URL, options: WayOptions): Promise<Way> {
  const { choice, trust, join, stateDir, hostName, patience } = options;
  if (choice.kind !== 'standalone' || (server.protocol === 'http:' && join === null))
    return { choice, trust };
  const joined =
    join === null
      ? await readJoined(stateDir)
      : await joinPatiently(
          { ...join, server: server.href, stateDir, name: choice.name ?? hostName },
          patience,
        );
  if (joined === null) {
    throw new Error(
      `this host has not joined ${server.host}: create a join token there (streamswarm join-token create) and run the command that it shows`,
    );
  }
  if (joined.server !== server.href) {
    throw new Error(
      `this host has joined ${joined.server}, not ${server.href}: leave it first, or use another folder with --state-dir`,
    );
  }
  return {
    choice: { kind: 'joined' },
    trust: { ...trust, caFile: trust.caFile ?? joinedCaPath(stateDir, joined.tokenId) },
  };
}
