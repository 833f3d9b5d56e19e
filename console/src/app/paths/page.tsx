import { PathsScreen } from '../../screens/paths/paths-screen.tsx';

export default function Page() {
  return <PathsScreen />;
}
