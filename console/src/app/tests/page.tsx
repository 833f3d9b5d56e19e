import { TestsScreen } from '../../screens/tests/tests-screen.tsx';

export default function Page() {
  return <TestsScreen />;
}
