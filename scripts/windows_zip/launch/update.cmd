@echo off
setlocal
chcp 65001 >nul
title assistant
set "HERE=%~dp0"
if exist "%HERE%python\python.exe" goto run
if exist "%HERE%uv\uv.exe" goto fetched
echo 请先把整个 zip 解压到一个文件夹。
echo Unpack the whole zip into a folder first.
pause
exit /b 2

:run
"%HERE%python\python.exe" -X utf8 "%HERE%update.py" "%~1"
pause
exit /b 0

:fetched
set "UV_PYTHON_INSTALL_DIR=%HERE%python-fetched"
"%HERE%uv\uv.exe" run --no-project --no-config --managed-python --python @PYTHON@ -- python -X utf8 "%HERE%update.py" "%~1"
pause
exit /b 0
