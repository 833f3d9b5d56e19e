'use client';

import { Command } from 'cmdk';
import { useEffect, useRef, useState } from 'react';
import { findCommands } from './find-commands.ts';
import css from './palette.module.css';
import { closePalette } from './palette-state.ts';
import { type RunnableCommand, useCommands } from './use-commands.ts';

/** Search objects, run actions: by keyboard from its opening to the end. */
export default function Palette() {
  const ref = useRef<HTMLDialogElement>(null);
  const commands = useCommands();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    ref.current?.showModal();
    // The dialog gives the focus to the first that can have it: that is the frame around the field.
    ref.current?.querySelector('input')?.focus();
  }, []);
  const found = findCommands(commands, text);
  const run = async (command: RunnableCommand): Promise<void> => {
    setProblem(null);
    const done = command.run();
    if (!(done instanceof Promise)) return closePalette();
    try {
      await done;
      closePalette();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <dialog
      ref={ref}
      className={css['palette']}
      aria-label="Search or run"
      onClose={closePalette}
      onClick={(event) => {
        if (event.target === event.currentTarget) closePalette();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closePalette();
      }}
    >
      <Command shouldFilter={false} loop vimBindings={false} label="Search or run">
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Pages, tests, agents, actions"
          className={css['input']}
          aria-label="Search or run"
        />
        <Command.List className={css['list']} label="Found">
          <Command.Empty className={css['empty']}>Nothing here is called so.</Command.Empty>
          {[...Map.groupBy(found, ({ group }) => group)].map(([group, members]) => (
            <Command.Group key={group} heading={group} className={css['group']}>
              {members.map((command) => (
                <Command.Item
                  key={command.id}
                  value={command.id}
                  className={css['item']}
                  onSelect={() => void run(command)}
                >
                  <span>{command.title}</span>
                  <small>{command.note}</small>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
      {problem === null ? null : (
        <p className={css['problem']} role="alert">
          {problem}
        </p>
      )}
    </dialog>
  );
}
