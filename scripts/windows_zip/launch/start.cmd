@echo off
setlocal
chcp 65001 >nul
title assistant
set "HERE=%~dp0"
if not exist "%HERE%lib\assistant\__main__.py" goto unpack
if exist "%HERE%python\python.exe" goto run
if exist "%HERE%uv\uv.exe" goto fetch
goto unpack

:run
"%HERE%python\python.exe" -X utf8 -m assistant desk %*
if %errorlevel% neq 0 goto failed
exit /b 0

:fetch
set "PYTHONPATH=%HERE%lib"
set "PYTHONNOUSERSITE=1"
set "UV_PYTHON_INSTALL_DIR=%HERE%python-fetched"
set "UV_PYTHON_INSTALL_MIRROR="
if exist "%HERE%python-mirror.txt" set /p UV_PYTHON_INSTALL_MIRROR=<"%HERE%python-mirror.txt"
if exist "%HERE%python-fetched\" goto fetched
echo 第一次启动：正在下载 Python（约 20 MB），请稍候。
echo First start: fetching Python, about 20 MB. Please wait.
:fetched
"%HERE%uv\uv.exe" run --no-project --no-config --managed-python --python @PYTHON@ -- python -P -X utf8 -m assistant desk %*
if %errorlevel% neq 0 goto failed
exit /b 0

:unpack
echo 请先把整个 zip 解压到一个文件夹，再双击其中的启动文件；不要在压缩包里直接打开。
echo Unpack the whole zip into a folder first, then start it from there.
pause
exit /b 2

:failed
echo.
echo 没有正常结束，原因见上。没有提交任何内容。仍不明白时，请见使用说明中的「求助」。
echo It did not end well; the reason stands above. Nothing was submitted. See the read-me for help.
pause
exit /b 1
