"""A Slurm of one node, in a folder, for the time of a test: without accounts, systemd, or settings of the machine."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = (
    "slurmctld",
    "slurmd",
    "sbatch",
    "srun",
    "squeue",
    "scancel",
    "sinfo",
    "scontrol",
    "sacct",
    "sacctmgr",
    "sshare",
)
SETTINGS = """\
ClusterName=note
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
SlurmdUser=root
ReturnToService=2
MpiDefault=none
AuthType=auth/none
CredType=cred/none
CryptoType=crypto/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
SlurmdParameters=config_overrides
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
PlugStackConfig=/dev/null
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


@contextmanager
def start_slurm(folder: Path) -> Iterator[None]:
    """Start a Slurm, and find its commands first on the path; a test is skipped where it cannot be had."""
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{path}:/usr/sbin"
    if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
        os.environ["PATH"] = path
        pytest.skip(f"Slurm is not on this machine: {', '.join(missing)}")
    if os.geteuid():
        os.environ["PATH"] = path
        pytest.skip("slurmd is started by root alone")
    host = socket.gethostname().partition(".")[0]
    for name in ("state", "spool", "bin"):
        (folder / name).mkdir(parents=True)
    settings = folder / "slurm.conf"
    settings.write_text(SETTINGS.format(host=host, folder=folder, ports=_find_ports(2)), "utf-8")
    # The plugin forgets the variables of Slurm, so that its commands have to say where the settings are.
    for program in PROGRAMS:
        wrapper = folder / "bin" / program
        wrapper.write_text(f'#!/bin/sh\nSLURM_CONF="{settings}" exec "{shutil.which(program)}" "$@"\n', "utf-8")
        wrapper.chmod(0o755)
    os.environ["PATH"] = f"{folder / 'bin'}:{path}"
    try:
        subprocess.run(["slurmctld"], check=True)
        subprocess.run(["slurmd", "-N", host], check=True)
        _wait_for_node(folder)
        yield
    finally:
        subprocess.run(["scancel", "--state=RUNNING"], check=False, capture_output=True)
        os.environ["PATH"] = path
        for name in ("slurmd", "slurmctld"):
            pid = folder / f"{name}.pid"
            if pid.is_file():
                subprocess.run(["kill", pid.read_text("ascii").strip()], check=False)


def list_jobs() -> str:
    """List the jobs in the queue, with their states."""
    return subprocess.run(["squeue", "--noheader", "--format=%T %j"], check=True, capture_output=True, text=True).stdout


def _find_ports(count: int) -> list[int]:
    """Find ports that are free at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait_for_node(folder: Path) -> None:
    for _ in range(60):
        said = subprocess.run(
            ["sinfo", "--noheader", "--format=%t"], check=False, capture_output=True, text=True
        ).stdout
        if said.strip() == "idle":
            return
        time.sleep(0.5)
    logs = "\n".join(path.read_text("utf-8", "replace")[-2000:] for path in folder.glob("*.log"))
    raise AssertionError(f"the node is not idle after half a minute:\n{logs}")
