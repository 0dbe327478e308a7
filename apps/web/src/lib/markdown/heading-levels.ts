/** A node of a page as rehype has it; only what is read here. */
interface TreeNode {
  readonly type: string;
  tagName?: string;
  readonly children?: TreeNode[];
}

const HIGHEST = 3;
const LOWEST = 6;

/** A rehype plugin: headings begin below the page's own and leave no level out, whatever the writer did. */
export function headingLevels() {
  return (tree: TreeNode): void => {
    const above: number[] = [];
    for (const heading of headingsOf(tree)) {
      const level = Number(heading.tagName?.slice(1));
      while ((above.at(-1) ?? 0) >= level) above.pop();
      above.push(level);
      heading.tagName = `h${Math.min(LOWEST, HIGHEST - 1 + above.length)}`;
    }
  };
}

function headingsOf(node: TreeNode): TreeNode[] {
  const own = node.type === 'element' && /^h[1-6]$/.test(node.tagName ?? '') ? [node] : [];
  return [...own, ...(node.children ?? []).flatMap(headingsOf)];
}
