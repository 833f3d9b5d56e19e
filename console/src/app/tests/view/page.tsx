import { TestDetailScreen } from '../../../screens/test-detail/test-detail-screen.tsx';

export default function Page() {
  return <TestDetailScreen />;
}
