import { AgentDetailScreen } from '../../../screens/agent-detail/agent-detail-screen.tsx';

export default function Page() {
  return <AgentDetailScreen />;
}
