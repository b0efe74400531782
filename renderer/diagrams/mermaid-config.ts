import { diagramLimits, type DiagramTask } from '../lib/diagram-task'

/** An image has no fonts of the page: both must measure with the same one. */
const fontFamily = 'system-ui, sans-serif'

/** Grounds of things that are told apart by colour alone; the ink is read on each of them. */
const grounds = {
  light: ['#d9d5fa', '#c9e3f6', '#cdecd8', '#fae2b8', '#f9d3cf', '#e8d0f1', '#cbe8e8', '#e6e0c6'],
  dark: ['#3f3a75', '#254a6b', '#25543a', '#5e4718', '#68322f', '#573168', '#205152', '#4b462d'],
} as const
/** Lines that are told apart by colour alone. */
const strokes = {
  light: ['#5648d6', '#1273b5', '#1a7a44', '#9a6400', '#b3261e', '#8a2bb8', '#0b7677', '#6b6220'],
  dark: ['#aea6ff', '#7fc1f5', '#6fd196', '#f0bd62', '#ff8f87', '#d2a0f5', '#6fd0d0', '#cfc48a'],
} as const

const numbered = (name: string, colours: readonly string[], count: number, first = 0) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${name}${first + at}`, colours[at % colours.length]]),
  )

const chartColours = (ink: string, axis: string, plots: readonly string[]) => ({
  backgroundColor: 'transparent',
  plotColorPalette: plots.join(','),
  titleColor: ink,
  dataLabelColor: ink,
  ...Object.fromEntries(
    ['x', 'y'].flatMap((name) => [
      [`${name}AxisLabelColor`, ink],
      [`${name}AxisTitleColor`, ink],
      [`${name}AxisTickColor`, axis],
      [`${name}AxisLineColor`, axis],
    ]),
  ),
})

/** Mermaid for one task. What the source itself asks for may shape a diagram, but not its safety, limits or looks. */
export function mermaidConfig({ isDark, colours }: Pick<DiagramTask, 'isDark' | 'colours'>) {
  const ground = grounds[isDark ? 'dark' : 'light']
  const stroke = strokes[isDark ? 'dark' : 'light']
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    logLevel: 'fatal',
    securityLevel: 'strict',
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
    state: { htmlLabels: false },
    maxTextSize: diagramLimits.characters,
    maxEdges: diagramLimits.edges,
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'maxEdges',
      'suppressErrorRendering',
      'htmlLabels',
      'logLevel',
      'dompurifyConfig',
      'theme',
      'themeCSS',
      'themeVariables',
      'darkMode',
      'fontFamily',
      'altFontFamily',
    ],
    fontFamily,
    deterministicIds: true,
    darkMode: isDark,
    theme: 'base',
    themeVariables: {
      darkMode: isDark,
      fontFamily,
      fontSize: '15px',
      background: colours.canvas,
      primaryColor: colours.soft,
      primaryBorderColor: colours.strong,
      primaryTextColor: colours.ink,
      secondaryColor: colours.surface,
      secondaryBorderColor: colours.line,
      secondaryTextColor: colours.ink,
      tertiaryColor: colours.surface,
      tertiaryBorderColor: colours.line,
      tertiaryTextColor: colours.ink,
      lineColor: colours.muted,
      textColor: colours.ink,
      titleColor: colours.ink,
      edgeLabelBackground: colours.canvas,
      noteBkgColor: colours.note,
      noteBorderColor: colours.line,
      noteTextColor: colours.ink,
      errorBkgColor: colours.danger,
      errorTextColor: colours.ink,
      useGradient: false,
      dropShadow: 'none',
      gridColor: colours.line,
      ...numbered('pie', ground, 12, 1),
      pieStrokeColor: colours.surface,
      pieOuterStrokeColor: colours.line,
      pieStrokeWidth: '1px',
      pieOuterStrokeWidth: '1px',
      pieOpacity: '1',
      pieTitleTextSize: '17px',
      pieSectionTextColor: colours.ink,
      ...numbered('cScale', ground, 12),
      ...numbered('cScaleLabel', [colours.ink], 12),
      ...numbered('fillType', ground, 8),
      ...numbered('git', stroke, 8),
      ...numbered('gitBranchLabel', [colours.canvas], 8),
      ...Object.fromEntries(ground.slice(0, 4).map((colour, at) => [`quadrant${at + 1}Fill`, colour])),
      xyChart: chartColours(colours.ink, colours.muted, stroke),
    },
  }
}
