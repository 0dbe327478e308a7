import { Facts } from '../page/facts';
import { Panel } from '../panel/panel';

export function KeyboardHelp() {
  return (
    <section className="mt-7 scroll-mt-20" id="keyboard">
      <Panel title="Keyboard">
        <Facts
          facts={[
            ['Search', <kbd key="search">/</kbd>],
            [
              'Go anywhere',
              <span key="palette">
                <kbd>Ctrl</kbd> <kbd>K</kbd> or <kbd>⌘</kbd> <kbd>K</kbd>
              </span>,
            ],
            [
              'Choose a suggestion',
              <span key="suggestion">
                <kbd>↑</kbd> <kbd>↓</kbd> <kbd>Enter</kbd>
              </span>,
            ],
            ['Close a dialog', <kbd key="close">Esc</kbd>],
          ]}
        />
      </Panel>
    </section>
  );
}
