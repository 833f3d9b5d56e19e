import { Machine } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { AgentPath, findAgent } from './agent-path.ts';

const UNSEEN: Machine = { at: null, filesystems: null, disks: null, interfaces: null };

export function getAgentMachine(app: Api, { reads }: ApiServices): void {
  const schema = {
    summary: 'File systems, disks and interfaces of the machine of an agent',
    description: 'By the newest sample of the host probe of any test, at most a day ago.',
    tags: ['agents'],
    params: AgentPath,
    response: { 200: Machine, ...problemResponses },
  };
  app.get('/api/v1/agents/:name/machine', { schema }, async ({ params }) => {
    const { name } = await findAgent(reads, params.name);
    const seen = await reads.latestMachine(name);
    return seen === null ? UNSEEN : { ...seen, at: seen.at.toISOString() };
  });
}
