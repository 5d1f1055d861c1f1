@echo off
rem The two commands of the README on Windows, where there is no make: "make demo", "make test".
setlocal
cd /d "%~dp0"
if not exist .venv\ready py -3 .ci\set_up.py || exit /b 1
if "%1"=="demo" ( .venv\Scripts\python -m app demo --out build\demo & exit /b )
if "%1"=="test" ( .venv\Scripts\python -m pytest -n auto & exit /b )
echo Say "make demo" or "make test".
exit /b 1
