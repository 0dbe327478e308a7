import { Empty } from '../empty/empty';
import { NameValues } from '../page/name-values';

export function AnnotationList({ annotations }: { annotations: Readonly<Record<string, string>> }) {
  const entries = Object.entries(annotations);
  return entries.length > 0 ? (
    <NameValues entries={entries} label="Annotations" />
  ) : (
    <Empty title="No annotations">
      <p>Add some when you build: docker buildx build --annotation key=value.</p>
    </Empty>
  );
}
