// Types and the lint that asks for types, from one reading of all sources: apart, each works out the same types anew.
import { ESLint } from 'eslint';
import ts from 'typescript';

const program = readProgram('tsconfig.json');
const mistakes = ts.getPreEmitDiagnostics(program);
if (mistakes.length > 0) end(ts.formatDiagnosticsWithColorAndContext(mistakes, namesAsHere()));

const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
});
const results = await eslint.lintFiles(['src', 'test']);
if (results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0))
  end(await (await eslint.loadFormatter('stylish')).format(results));

function readProgram(file) {
  const read = ts.getParsedCommandLineOfConfigFile(
    file,
    { noEmit: true, incremental: false, tsBuildInfoFile: undefined },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (mistake) => end(ts.formatDiagnostic(mistake, namesAsHere())),
    },
  );
  return ts.createProgram({
    rootNames: read.fileNames,
    options: read.options,
    configFileParsingDiagnostics: read.errors,
  });
}

function namesAsHere() {
  return {
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getCanonicalFileName: (name) => name,
    getNewLine: () => ts.sys.newLine,
  };
}

function end(complaint) {
  process.stderr.write(complaint);
  process.exit(1);
}
