import { MatrixScreen } from '../../screens/matrix/matrix-screen.tsx';

export default function Page() {
  return <MatrixScreen />;
}
