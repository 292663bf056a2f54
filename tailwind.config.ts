import type { Config } from "tailwindcss";

const statuses = ["ok", "warn", "stall", "rewind", "stop", "unknown"] as const;

// Every colour is a token of app/tokens.css, so that both themes are one set of names.
const statusColors = Object.fromEntries(
  statuses.flatMap((status) => [
    [status, `var(--${status})`],
    [`${status}-soft`, `var(--${status}-soft)`],
  ]),
);

export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}", "./lib/client/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        page: "var(--page)",
        surface: "var(--surface)",
        raised: "var(--raised)",
        line: "var(--line)",
        "line-strong": "var(--line-strong)",
        ink: "var(--ink)",
        muted: "var(--muted)",
        faint: "var(--faint)",
        accent: "var(--accent)",
        "accent-soft": "var(--accent-soft)",
        bar: "var(--bar)",
        focus: "var(--focus)",
        ...statusColors,
      },
      fontFamily: {
        sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
        mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
      },
      fontSize: {
        // One size for work, one for headings; the rest are notes and figures.
        note: ["12px", "16px"],
        work: ["13px", "20px"],
        heading: ["18px", "26px"],
        figure: ["20px", "28px"],
      },
    },
  },
} satisfies Config;
