// A button that chooses files, in the page's words rather than the browser's.

/** What a file is chosen by: its label is the button. */
export function FileButton(button: {
  id: string;
  label: string;
  accept: string;
  multiple?: boolean;
  describedBy?: string;
  chosen: (files: File[]) => void;
}) {
  return (
    <span class="file">
      <input
        type="file"
        id={button.id}
        accept={button.accept}
        multiple={button.multiple ?? false}
        aria-describedby={button.describedBy}
        onChange={({ currentTarget: input }) => {
          const files = [...(input.files ?? [])];
          // So that the same file can be chosen again.
          input.value = '';
          if (files.length > 0) button.chosen(files);
        }}
      />
      <label class="button" for={button.id}>
        {button.label}
      </label>
    </span>
  );
}
