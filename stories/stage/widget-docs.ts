import type { ArgTypes } from '@storybook/web-components-vite';

/** The page of a widget under packages/widgets, without its heading: Storybook writes one. */
export function about(page: string): string {
  return page.replace(/^# .*\n/, '');
}

/** What every widget can be told; language and large letters come from the toolbar. */
export const SHARED: ArgTypes = {
  density: { control: 'inline-radio', options: [null, 'compact'] },
  frame: { control: 'inline-radio', options: [null, 'none'] },
};

/** Values that every widget can be told, as args of a story; null: the attribute is absent. */
export interface SharedArgs {
  density: 'compact' | null;
  frame: 'none' | null;
}
export const SHARED_ARGS: SharedArgs = { density: null, frame: null };

/** The toolbar as a widget takes it. */
export interface Toolbar {
  locale: 'zh-CN' | 'en';
  elder: boolean;
}

export function toolbar({ globals }: { globals: Record<string, unknown> }): Toolbar {
  return { locale: globals.locale === 'en' ? 'en' : 'zh-CN', elder: globals.elder === 'on' };
}
