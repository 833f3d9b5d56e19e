import { OverviewScreen } from '../screens/overview/overview-screen.tsx';

export default function Page() {
  return <OverviewScreen />;
}
