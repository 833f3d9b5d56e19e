import { CompareScreen } from '../../../screens/compare/compare-screen.tsx';

export default function Page() {
  return <CompareScreen />;
}
