import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.js';

type Role = Parameters<Page['getByRole']>[0];

/** Tab stops between two things that one would look for in turn. */
const MOST_TABS = 120;

const FOCUSED = `(() => {
  const { tagName, textContent, labels, id, name } = document.activeElement;
  const text = document.activeElement.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? textContent ?? '';
  return [tagName.toLowerCase(), name || id, text.trim().slice(0, 40)].filter(Boolean).join(' ');
})()`;

/** What changes to the eye, on the element or right around it, when the focus leaves it and comes back. */
const INDICATOR = `((element) => {
  const around = [element, element.parentElement, element.parentElement?.parentElement].filter((each) => {
    const { width, height } = each?.getBoundingClientRect() ?? {};
    return width >= 8 && height >= 8;
  });
  const looks = () => around.map((each) => {
    const { outline, outlineStyle, boxShadow, borderColor, backgroundColor } = getComputedStyle(each);
    return [outlineStyle === 'none' ? '' : outline, boxShadow, borderColor, backgroundColor].join();
  });
  const focused = looks();
  element.blur();
  const blurred = looks();
  element.focus();
  return focused.some((look, index) => look !== blurred[index]);
})`;

/** Somebody at a page without a mouse: reaches things by Tab, as they come. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Opens a path, and waits until the page listens to its keys; the focus is in the search then. */
  async open(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: 'load' });
    await this.toSearch();
  }

  /** To the search of the page, from which Tab goes on; out of a field first, where `/` is a letter. */
  async toSearch(): Promise<void> {
    const search = this.page.getByRole('combobox', { name: 'Search images' });
    const fields = this.page.locator('input, textarea, select');
    await eventually('the page listens to its keys', async () => {
      await this.press((await isFocused(fields)) ? 'Tab' : '/');
      return isFocused(search);
    });
  }

  /** Tabs on until something has the focus, which has to be seen there. */
  async tabTo(role: Role, name: string | RegExp, { back = false } = {}): Promise<Locator> {
    const wanted = this.page.getByRole(role, { name, exact: typeof name === 'string' });
    await wanted.first().waitFor();
    const passed: string[] = [];
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      if (await isFocused(wanted)) {
        await this.expectIndicator(`${role} ${name}`);
        return wanted;
      }
      passed.push(await this.focused());
    }
    throw new Error(`Tab does not reach the ${role} ${name}; it passes\n${passed.join('\n')}`);
  }

  /** Tabs to something and presses Enter on it. */
  async enter(role: Role, name: string | RegExp): Promise<void> {
    await this.tabTo(role, name);
    await this.press('Enter');
  }

  /** Tabs to a field, and types in place of what is there. */
  async fill(role: Role, name: string | RegExp, text: string): Promise<void> {
    await this.tabTo(role, name);
    await this.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** Chooses an entry of a list by its first letters. */
  async choose(name: string | RegExp, entry: string): Promise<void> {
    const list = await this.tabTo('combobox', name);
    await this.page.keyboard.type(entry);
    await eventually(`${entry} is chosen`, async () =>
      (await list.locator('option:checked').textContent())?.startsWith(entry),
    );
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Waits until something has the focus without a Tab: a field of a new form, or what had opened a dialog. */
  async expectFocus(locator: Locator): Promise<void> {
    await eventually('the focus is there', () => isFocused(locator)).catch(async (cause: unknown) => {
      throw new Error(`the focus is on: ${await this.focused()}`, { cause });
    });
  }

  private focused(): Promise<string> {
    return this.page.evaluate<string>(FOCUSED);
  }

  private async expectIndicator(what: string): Promise<void> {
    const isSeen = await this.page.evaluate<boolean>(`${INDICATOR}(document.activeElement)`);
    if (!isSeen) throw new Error(`nobody sees that the ${what} has the focus`);
  }
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluateAll((elements) => elements.some((element) => element.matches(':focus')));
}
