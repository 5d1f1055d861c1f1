"""The proof that nothing is lost: crashes, power cuts and faulty disks, played by the thousand.

A scene uses the app in a fresh process under strace. From its system calls the disk is rebuilt
as a power cut could have left it at any moment; the app opens each of these states, and a judge
asks whether all that had been acknowledged is there. ``python -m tests.prove --help``.
"""
