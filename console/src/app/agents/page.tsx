import { AgentsScreen } from '../../screens/agents/agents-screen.tsx';

export default function Page() {
  return <AgentsScreen />;
}
