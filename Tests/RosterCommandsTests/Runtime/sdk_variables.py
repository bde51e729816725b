"""Lists the environment variables that the installed packages of the vendors' SDKs read.

Usage: sdk_variables.py DISTRIBUTION…. Reads the sources of the distributions and of their dependencies, and prints
a JSON object: `variables` has the places of each name, in which `*` is any text; `unresolved` has the places whose name
cannot be resolved, each as `file function expression`; `packages` has the version of each distribution.

A name is followed through constants of modules and classes, imports, loops over constants, tables, parameters and their
arguments, and concatenated strings. For a place that remains unresolved, every string literal of its file that looks like
the name of a variable is listed.
"""

import ast
import importlib.metadata
import json
import re
import sys

ENVIRONMENTS = {"environ", "_environ", "environb"}
METHODS = {"get", "pop", "setdefault", "__getitem__", "__contains__"}
# For the proxy of a scheme, urllib reads any variable with that suffix, in any case.
PROXIES = {
    "getproxies": ["*_proxy"], "getproxies_environment": ["*_proxy"],
    "proxy_bypass": ["no_proxy"], "proxy_bypass_environment": ["no_proxy"],
}
SETTINGS = {"BaseSettings"}
WORDS = ["environ", "getenv", "BaseSettings", "getproxies", "proxy_bypass"]


def closure(names):
    """Returns the distributions and their installed dependencies, without extras."""
    found, left = {}, list(names)
    while left:
        name = re.sub(r"[-_.]+", "-", left.pop()).lower()
        if name in found:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            if name in names:
                raise
            continue
        found[name] = distribution
        for requirement in distribution.requires or []:
            if "extra ==" not in requirement:
                left.append(re.match(r"[A-Za-z0-9._-]+", requirement).group())
    return found


def sources(distribution):
    for file in distribution.files or []:
        if file.suffix == ".py" and not {"tests", "testing", "test"} & set(file.parts):
            yield str(file), file.locate()


class Module:
    """A parsed file with its assignments, calls and functions by name."""

    def __init__(self, name, text):
        self.name, self.tree = name, ast.parse(text)
        self.constants, self.calls, self.functions = {}, {}, {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, (ast.Name, ast.Attribute)):
                        key = target.id if isinstance(target, ast.Name) else target.attr
                        self.constants.setdefault(key, []).append(node.value)
            elif isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
                if called:
                    self.calls.setdefault(called, []).append(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.functions.setdefault(node.name, []).append(node)


class Package:
    """The files of one distribution, which are parsed on demand."""

    def __init__(self, distribution):
        self.texts, self.parsed, self.known = {}, {}, {}
        for name, path in sources(distribution):
            try:
                self.texts[name] = path.read_text()
            except FileNotFoundError:
                continue

    def modules(self, word):
        """Returns the modules that contain a word."""
        if word not in self.known:
            self.known[word] = [name for name, text in self.texts.items() if word in text]
        return [self.module(name) for name in self.known[word]]

    def module(self, name):
        if name not in self.parsed:
            self.parsed[name] = Module(name, self.texts[name])
        return self.parsed[name]


def enclosing(node, kinds):
    while node is not None and not isinstance(node, kinds):
        node = getattr(node, "parent", None)
    return node


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Unresolved(Exception):
    pass


class Resolver:
    def __init__(self, package, all_packages):
        self.package, self.all = package, all_packages

    def names(self, node, module, depth=0):
        """Returns every value of an expression, with `*` for unknown parts; raises Unresolved if nothing is known."""
        if depth > 8:
            raise Unresolved
        deeper = lambda child: self.names(child, module, depth + 1)
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return {node.value}
            if node.value is None or isinstance(node.value, (bool, int, float)):
                return set()
            raise Unresolved
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return set().union(*(deeper(item) for item in node.elts))
        if isinstance(node, ast.Dict):
            return set().union(*(self.either(value, module, depth) for value in node.values))
        if isinstance(node, ast.Starred):
            return deeper(node.value)
        if isinstance(node, ast.IfExp):
            return deeper(node.body) | deeper(node.orelse)
        if isinstance(node, ast.BoolOp):
            return set().union(*(deeper(value) for value in node.values))
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "*" for part in node.values
            )
            return self.pattern(text)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
            if isinstance(node.op, ast.Mod):
                return {re.sub(r"%[sdr]", "*", text) for text in deeper(node.left)}
            left, right = self.either(node.left, module, depth), self.either(node.right, module, depth)
            made = set()
            for a in left or {"*"}:
                for b in right or {"*"}:
                    made |= self.pattern(a + b)
            return made
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("upper", "lower", "strip", "encode"):
                found = deeper(node.func.value)
                change = {"upper": str.upper, "lower": str.lower}.get(node.func.attr, lambda text: text)
                return {change(text) for text in found}
            if node.func.attr == "format":
                return set().union(*(self.pattern(re.sub(r"{[^}]*}", "*", t)) for t in deeper(node.func.value)))
            if node.func.attr == "join" and len(node.args) == 1 and isinstance(node.args[0], (ast.List, ast.Tuple)):
                parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.args[0].elts]
                return set().union(*(self.pattern(joint.join(parts)) for joint in deeper(node.func.value)))
            if node.func.attr in ("get", "items", "values", "copy"):
                return deeper(node.func.value)
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            return self.returned(called, module, depth)
        if isinstance(node, ast.Subscript):
            return deeper(node.value)
        if isinstance(node, ast.Attribute):
            return self.constant(node.attr, module, depth, node)
        if isinstance(node, ast.Name):
            return self.variable(node, module, depth)
        raise Unresolved

    def either(self, node, module, depth):
        try:
            return self.names(node, module, depth + 1)
        except Unresolved:
            return set()

    def pattern(self, text):
        text = re.sub(r"\*+", "*", text)
        if len(text.replace("*", "")) < 4:
            raise Unresolved
        return {text}

    def returned(self, called, module, depth):
        """Returns the values that a function of the same file can return."""
        found = set()
        for function in module.functions.get(called, []):
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    found |= self.names(node.value, module, depth + 1)
        if not found:
            raise Unresolved
        return found

    def constant(self, key, module, depth, node=None):
        """Returns the values assigned to a name in the same file, or for a constant in any distribution."""
        places = [(module, value) for value in module.constants.get(key, [])]
        packages = [self.package] + [other for other in self.all if other is not self.package]
        while not places and key.isupper() and packages:
            for other in packages.pop(0).modules(key):
                places += [(other, value) for value in other.constants.get(key, [])]
        found = set()
        for other, value in places:
            if value is not node:
                found |= self.either(value, other, depth)
        if not found:
            raise Unresolved
        return found

    def variable(self, node, module, depth):
        function = enclosing(getattr(node, "parent", None), FUNCTIONS)
        while function is not None:
            found, seen = set(), False
            for inner in ast.walk(function):
                target = None
                if isinstance(inner, ast.Assign) and any(self.binds(t, node.id) for t in inner.targets):
                    target = inner.value
                elif isinstance(inner, (ast.AnnAssign, ast.NamedExpr)) and self.binds(inner.target, node.id):
                    target = inner.value
                elif isinstance(inner, (ast.For, ast.AsyncFor, ast.comprehension)) and self.binds(inner.target, node.id):
                    target = inner.iter
                if target is not None:
                    seen = True
                    if not any(child is node for child in ast.walk(target)):
                        found |= self.names(target, module, depth + 1)
            arguments = function.args
            ordered = arguments.posonlyargs + arguments.args
            named = ordered + arguments.kwonlyargs
            position = next((i for i, a in enumerate(ordered) if a.arg == node.id), None)
            if any(a.arg == node.id for a in named):
                seen = True
                found |= self.arguments(function, node.id, position, depth)
                defaults = dict(zip([a.arg for a in ordered[len(ordered) - len(arguments.defaults):]], arguments.defaults))
                defaults.update({a.arg: d for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults) if d})
                if node.id in defaults:
                    found |= self.either(defaults[node.id], module, depth)
            if seen:
                if found:
                    return found
                raise Unresolved
            function = enclosing(getattr(function, "parent", None), FUNCTIONS)
        loops = [
            loop.iter for loop in ast.walk(module.tree)
            if isinstance(loop, (ast.For, ast.comprehension)) and self.binds(loop.target, node.id)
            and enclosing(getattr(loop, "parent", None), FUNCTIONS) is None
        ]
        if loops:
            return set().union(*(self.names(loop, module, depth + 1) for loop in loops))
        return self.constant(node.id, module, depth, node)

    @staticmethod
    def binds(target, name):
        return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target))

    def arguments(self, function, name, position, depth):
        """Returns the values that callers in the distribution pass for a parameter."""
        if isinstance(function, ast.Lambda):
            raise Unresolved
        called, method = function.name, enclosing(getattr(function, "parent", None), (ast.ClassDef,) + FUNCTIONS)
        is_method = isinstance(method, ast.ClassDef)
        static = any(getattr(d, "id", None) == "staticmethod" for d in function.decorator_list)
        if is_method and called == "__init__":
            called = method.name
        found, calls = set(), 0
        for module, call in [(m, c) for m in self.package.modules(called + "(") for c in m.calls.get(called, [])]:
            offset = 1 if is_method and not static else 0
            value = next((k.value for k in call.keywords if k.arg == name), None)
            if value is None and position is not None and len(call.args) > position - offset >= 0:
                value = call.args[position - offset]
            if value is None:
                continue
            calls += 1
            found |= self.names(value, module, depth + 1)
        if not calls:
            raise Unresolved
        return found


def is_environment(node):
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
    return name in ENVIRONMENTS


def reads(tree):
    """Yields each node that reads an environment variable, with the expression of its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_environment(node.value) and isinstance(node.ctx, ast.Load):
            yield node, node.slice
        elif isinstance(node, ast.Compare) and any(is_environment(c) for c in node.comparators):
            if all(isinstance(op, (ast.In, ast.NotIn)) for op in node.ops):
                yield node, node.left
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name in ("getenv", "getenvb") and node.args:
                yield node, node.args[0]
            elif name in METHODS and isinstance(node.func, ast.Attribute) and is_environment(node.func.value):
                if node.args:
                    yield node, node.args[0]
            elif name in PROXIES:
                yield node, ast.List([ast.Constant(text) for text in PROXIES[name]])
            elif any(k.arg in ("env", "environ", "_environ") and is_environment(k.value) for k in node.keywords):
                named = [k.value for k in node.keywords if k.arg in ("name", "env_var", "key")]
                for value in named:
                    yield node, value
                if not named:
                    yield node, node
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                if (base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", None)) in SETTINGS:
                    yield node, settings(node)
        elif is_environment(node) and isinstance(node.ctx, ast.Load):
            parent = node.parent
            if isinstance(parent, ast.Attribute) and parent.attr in ("copy", "items", "keys", "values"):
                yield node, node
            elif isinstance(parent, (ast.Assign, ast.AnnAssign)) and parent.value is node:
                targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
                if not all(is_environment(target) for target in targets):
                    yield node, node
            elif isinstance(parent, (ast.Call, ast.Starred, ast.DictComp, ast.comprehension, ast.For, ast.Return)):
                # The whole environment is passed under another name.
                if not (isinstance(parent, ast.Call) and (parent.func is node or any(is_plain(a) for a in [node]))):
                    yield node, node


def is_plain(node):
    """Returns whether an environment is a positional argument; the reads of that parameter are found separately."""
    parent = node.parent
    return isinstance(parent, ast.Call) and node in parent.args and isinstance(node, (ast.Name, ast.Attribute))


def settings(node):
    """Returns the names that pydantic reads for a settings class: its fields with the configured prefix."""
    prefix = ""
    for inner in ast.walk(node):
        if isinstance(inner, ast.keyword) and inner.arg == "env_prefix" and isinstance(inner.value, ast.Constant):
            prefix = inner.value.value
    fields = [f.target.id for f in node.body if isinstance(f, ast.AnnAssign) and isinstance(f.target, ast.Name)]
    return ast.List([ast.Constant((prefix + field).upper()) for field in fields])


def literals(tree):
    """Yields the string literals that look like variable names, except arguments of calls with an unused result."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if isinstance(node.parent, ast.Call) and isinstance(node.parent.parent, ast.Expr):
                continue
            if re.fullmatch(r"_?[A-Z][A-Z0-9]*(_[A-Z0-9]+)+", node.value):
                yield node.value


def where(module, node):
    scope = []
    current = node
    while current is not None:
        if isinstance(current, (ast.ClassDef,) + FUNCTIONS[:2]):
            scope.insert(0, current.name)
        current = getattr(current, "parent", None)
    return f"{module} {'.'.join(scope) or '-'}"


def main():
    distributions = closure(sys.argv[1:])
    packages = {name: Package(distribution) for name, distribution in sorted(distributions.items())}
    everything = list(packages.values())
    variables, unresolved = {}, set()
    for package in everything:
        resolver = Resolver(package, everything)
        modules = {module.name: module for word in WORDS for module in package.modules(word)}
        for module in modules.values():
            for node, expression in reads(module.tree):
                place = where(module.name, node)
                try:
                    found = resolver.names(expression, module)
                    if not found:
                        raise Unresolved
                    for name in found:
                        variables.setdefault(name, set()).add(place)
                except Unresolved:
                    unresolved.add(f"{place} {ast.unparse(expression)[:60]}")
                    for text in literals(module.tree):
                        variables.setdefault(text, set()).add(place)
    print(json.dumps({
        "packages": {name: distribution.version for name, distribution in distributions.items()},
        "variables": {name: sorted(places) for name, places in sorted(variables.items())},
        "unresolved": sorted(unresolved),
    }, indent=1))


sys.setrecursionlimit(10_000)
main()
