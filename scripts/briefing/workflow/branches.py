"""Put changes of sources on a branch of git, beside the working tree, which stays as it is."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from briefing.steps.refresh import ProposedCommit


class BranchError(ValueError):
    """A branch cannot be made; the message says why, and what to do."""


def make_branch(folder: Path, branch: str, commits: Iterable[ProposedCommit]) -> None:
    """Make a branch from the present commit with some commits; this fails with a `BranchError`, and leaves nothing."""
    if _ask_git(folder, "rev-parse", "--git-dir") is None:
        raise BranchError("APPLY needs git, and this folder is in no repository; apply the patches by hand.")
    if _ask_git(folder, "status", "--porcelain", "--", "sources"):
        raise BranchError("There are changes under sources/ that are not committed; commit them first.")
    if _ask_git(folder, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") is not None:
        raise BranchError(f"There is a branch {branch} already; delete it, or take what it has.")
    inside = _ask_git(folder, "rev-parse", "--show-prefix") or ""
    with tempfile.TemporaryDirectory() as parent:
        tree = Path(parent, "tree")
        try:
            _run_git(folder, "worktree", "add", "--quiet", "-b", branch, str(tree), "HEAD")
            for commit in commits:
                for name, content in commit.files.items():
                    Path(tree, inside, "sources", name).write_bytes(content)
                _run_git(tree, "commit", "--quiet", "--no-verify", "--all", f"--message={commit.message}")
        except BranchError:
            _ask_git(folder, "worktree", "remove", "--force", str(tree))
            _ask_git(folder, "branch", "--quiet", "-D", branch)
            raise
        _ask_git(folder, "worktree", "remove", "--force", str(tree))


def _ask_git(folder: Path, *command: str) -> str | None:
    """Give what git answers; None where it objects, or is not there."""
    try:
        done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return None if done.returncode else done.stdout.strip()


def _run_git(folder: Path, *command: str) -> None:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stderr.split())
        raise BranchError(f"git {command[0]}: {said}; mend that, or apply the patches by hand.")
